"""Pieces of logs: of servers, and of libraries and programs that write times or ids before each line."""

from __future__ import annotations

POSTFIX_SMTPD = """\
Apr  1 09:00:00 mx postfix/smtpd[11]: connect from client.example.com[192.0.2.10]
Apr  1 09:00:00 mx postfix/smtpd[11]: > client.example.com[192.0.2.10]: 220 mx.example.com ESMTP Postfix
Apr  1 09:00:00 mx postfix/smtpd[11]: watchdog_pat: 0x5566
Apr  1 09:00:00 mx postfix/submission/smtpd[12]: > unknown[203.0.113.9]: 220 mx.example.com ESMTP Postfix
Apr  1 09:00:01 mx postfix/smtpd[11]: < client.example.com[192.0.2.10]: EHLO client.example.com
Apr  1 09:00:01 mx postfix/smtpd[11]: > client.example.com[192.0.2.10]: 250-mx.example.com
Apr  1 09:00:01 mx postfix/smtpd[11]: > client.example.com[192.0.2.10]: 250 SIZE 10240000
Apr  1 09:00:02 mx postfix/submission/smtpd[12]: < unknown[203.0.113.9]: QUIT
Apr  1 09:00:02 mx postfix/submission/smtpd[12]: > unknown[203.0.113.9]: 221 2.0.0 Bye
Apr  1 09:00:03 mx postfix/smtpd[11]: < client.example.com[192.0.2.10]: DATA
Apr  1 09:00:03 mx postfix/smtpd[11]: > client.example.com[192.0.2.10]: 354 End data with <CR><LF>.<CR><LF>
Apr  1 09:00:03 mx postfix/smtpd[11]: > client.example.com[192.0.2.10]: 250 2.0.0 Ok: queued as 4A1
"""

POSTFIX_SMTP = """\
2026-04-01T09:00:00.000000+00:00 mx postfix/smtp[77]: < mx.example.net[192.0.2.25]:25: 220 mx.example.net ESMTP
2026-04-01T09:00:00.000000+00:00 mx postfix/smtp[77]: > mx.example.net[192.0.2.25]:25: EHLO mx.example.com
2026-04-01T09:00:00.000000+00:00 mx postfix/smtp[77]: < mx.example.net[192.0.2.25]:25: 250 mx.example.net
"""

SENDMAIL_TRAFFIC = """\
04711 === EXEC /usr/sbin/sendmail -bs -X traffic
04711 >>> 220 mx.example.com ESMTP Sendmail
04711 <<< EHLO client.example.com
04711 >>> 250-mx.example.com Hello
04711 >>> 250 HELP
04711 <<< DATA
04711 >>> 354 Enter mail, end with "." on a line by itself
04711 <<< Subject: hello
04711 <<<\x20
04711 <<< ..dot
04711 <<< .
04711 >>> 250 2.0.0 accepted for delivery
04712 <<< 220 mx.example.net ESMTP
04712 >>> EHLO mx.example.com
04712 <<< 250 mx.example.net
04711 <<< [EOF]
"""

RECORDIO_CUT = """\
21829 > 220 mx.example.com+
21829 < NOO+
21829 >  ESMTP\r\x20
21829 < P\r\x20
21829 > 250 ok\r\x20
"""

EXCHANGE_RECEIVE = """\
#Software: Microsoft Exchange Server
#Version: 15.0.0.0
#Log-type: SMTP Receive Protocol Log
#Date: 2026-04-01T09:00:00.000Z
#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context
2026-04-01T09:00:00.000Z,MX\\Default,08DA1,0,192.0.2.25:25,192.0.2.10:5555,+,,
2026-04-01T09:00:00.001Z,MX\\Default,08DA1,1,192.0.2.25:25,192.0.2.10:5555,*,SMTPSubmit,Set Session Permissions
2026-04-01T09:00:00.002Z,MX\\Default,08DA1,2,192.0.2.25:25,192.0.2.10:5555,>,"220 mx.example.com ESMTP, ready",
2026-04-01T09:00:00.002Z,MX\\Default,08DA2,2,192.0.2.25:25,203.0.113.9:80,>,220 mx.example.com,
2026-04-01T09:00:00.003Z,MX\\Default,08DA1,3,192.0.2.25:25,192.0.2.10:5555,<,EHLO client.example.com,
2026-04-01T09:00:00.004Z,MX\\Default,08DA1,4,192.0.2.25:25,192.0.2.10:5555,>,250-mx.example.com Hello [192.0.2.10],
2026-04-01T09:00:00.004Z,MX\\Default,08DA1,5,192.0.2.25:25,192.0.2.10:5555,>,250 SIZE 37748736,
2026-04-01T09:00:00.005Z,MX\\Default,08DA2,3,192.0.2.25:25,203.0.113.9:80,<,QUIT,
2026-04-01T09:00:00.006Z,MX\\Default,08DA2,4,192.0.2.25:25,203.0.113.9:80,>,221 2.0.0 Service closing channel,
2026-04-01T09:00:00.007Z,MX\\Default,08DA1,6,192.0.2.25:25,192.0.2.10:5555,-,,Remote
"""

EXCHANGE_SEND = """\
#Log-type: SMTP Send Protocol Log
#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context
2026-04-01T09:00:00.002Z,Internet,08DB1,2,192.0.2.25:4444,192.0.2.80:25,<,220 mx.example.net,
2026-04-01T09:00:00.003Z,Internet,08DB1,3,192.0.2.25:4444,192.0.2.80:25,>,EHLO mx.example.com,
2026-04-01T09:00:00.004Z,Internet,08DB1,4,192.0.2.25:4444,192.0.2.80:25,<,250 mx.example.net,
"""

MAILKIT = """\
Connected to smtp://mx.example.com:25/?starttls=when-available
S: 220 mx.example.com ESMTP
C: EHLO client.example.com
S: 250-mx.example.com
S: 250 HELP
C: DATA
S: 354 go
C: From: a@example.com
C:\x20
C:   indented
C: ..dot
C: .
S: 250 ok
"""

MAILKIT_WITH_TIMES = """\
2026-04-01T09:00:00Z Connected to smtp://mx.example.com:25/
2026-04-01T09:00:00Z S: 220 mx.example.com ESMTP
2026-04-01T09:00:00Z C: QUIT
2026-04-01T09:00:00Z S: 221 bye
"""

THUNDERBIRD = """\
mailnews.smtp: Connecting to smtp://mx.example.com:25
mailnews.smtp: Connected
mailnews.smtp: S: 220 mx.example.com ESMTP
mailnews.smtp: C: EHLO [192.0.2.10]
mailnews.smtp: S: 250-mx.example.com
250-SIZE 10485760
250 HELP
mailnews.smtp: C: QUIT
"""

THUNDERBIRD_OLD = """\
2020-04-01 09:00:00.000000 UTC - [(null) 4711: Main Thread]: I/SMTP SMTP Connecting to: mx.example.com on port: 25
2020-04-01 09:00:00.000000 UTC - [(null) 4711: Main Thread]: I/SMTP SMTP entering state: 0
2020-04-01 09:00:00.000000 UTC - [(null) 4711: Main Thread]: I/SMTP SMTP Response: 220 mx.example.com ESMTP
2020-04-01 09:00:00.000000 UTC - [(null) 4711: Main Thread]: I/SMTP SMTP Send: EHLO [192.0.2.10]
2020-04-01 09:00:00.000000 UTC - [(null) 4711: Main Thread]: I/SMTP SMTP Response: 250 HELP
"""

PHPMAILER_HTML = """\
2026-04-01 09:00:00 SERVER -&gt; CLIENT: 220 mx.example.com ESMTP<br>
2026-04-01 09:00:00 CLIENT -&gt; SERVER: MAIL FROM:&lt;a@example.com&gt;<br>
2026-04-01 09:00:00 SERVER -&gt; CLIENT: 250 ok<br>
"""

TSHARK_PACKETS = """\
    4   0.000930    192.0.2.25 → 192.0.2.10    SMTP 92 S: 220 mx.example.com ESMTP
    6   0.001377    192.0.2.10 → 192.0.2.25    SMTP 91 C: EHLO a | b
    8   0.001572    192.0.2.25 → 192.0.2.10    SMTP 86 S: 250-mx.example.com | 250 8BITMIME
   10   0.001899    192.0.2.10 → 192.0.2.25    SMTP 93 C: MAIL FROM:<a@b> | RCPT TO:<c@d> | DATA
   11   0.001999    192.0.2.25 → 192.0.2.10    SMTP 93 S: 250 ok | 250 ok | 354 go
   12   0.002999    192.0.2.10 → 192.0.2.25    SMTP 93 C: DATA fragment, 34 bytes
"""
