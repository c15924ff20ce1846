"""Pieces of recordings, each of a shape that the recorded samples do not show."""

from __future__ import annotations

RFC_821 = """\
   R: 220 BBN-UNIX.ARPA Simple Mail Transfer Service Ready
   S: HELO USC-ISIF.ARPA
   R: 250 BBN-UNIX.ARPA

   S: DATA
   R: 354 Start mail input; end with <CRLF>.<CRLF>
   S: Blah blah blah...
   S: .
   R: 250 OK
"""

RFC_PAGED = """\
   S: <wait for open connection>
   C: <open connection to server>
   S: 220 smtp.example.com SMTP service ready, and this greeting is so
      long that it was folded
   C: EHLO client.example.com
   S: 250-smtp.example.com
      250-PIPELINING
      250 HELP
   C: DATA
   S: 354 enter mail
    ...


Somebody                    Standards Track                     [Page 5]

RFC 2920           SMTP for Command Pipelining         September 2000


   C: .
   S: 250 message sent
"""

RFC_AUTH = """\
   S: 220 hi
   C: AUTH DIGEST-MD5
   S: 334
    cmVhbG09ImVsd29vZC5pbm5vc29mdC5jb20iLG5vbmNlPSJPQTZNRzl0
    RVFHbTJoaCIscW9wPSJhdXRoIg==
   C: Y2hhcnNldD11dGYtOCx1c2VybmFtZT0iY2hyaXMiLHJlYWxtPSJlbHdvb2
    QuaW5ub3NvZnQuY29tIg==
   S: 235 Authentication successful
"""

BOUNCE = """\
   ----- Transcript of session follows -----
... while talking to mx.example.com.:
>>> RCPT To:<nosuch@example.com>
<<< 550-5.1.1 The address that you tried to reach
<<< 550 5.1.1 does not exist
550 5.1.1 <nosuch@example.com>... User unknown
>>> DATA
<<< 503 5.5.1 RCPT first
"""

SENDMAIL_VERBOSE = """\
alice@example.com... Connecting to [127.0.0.1] via relay...
220 mx.example.com ESMTP Sendmail
>>> EHLO mx.example.com
250-mx.example.com Hello
250 HELP
>>> VERB
250 2.0.0 Verbose mode
>>> DATA
354 Enter mail, end with "." on a line by itself
>>> .
050 <alice@example.com>... Connecting to mx.example.org. via esmtp...
050 220 mx.example.org ESMTP
050 >>> EHLO mx.example.com
050 250 mx.example.org
250 2.0.0 x Message accepted for delivery
alice@example.com... Sent (x Message accepted for delivery)
Closing connection to [127.0.0.1]
>>> QUIT
221 2.0.0 mx.example.com closing connection
"""

OLD_MAILX = """\
Resolving host mx.example.com . . . done.
Connecting to 192.0.2.25:25 . . . connected.
220 mx.example.com ESMTP
>>> HELO client.example.com
250 mx.example.com
>>> DATA
354 go
>>> .
250 ok
>>> QUIT
221 bye
"""

JAVAMAIL = """\
DEBUG: setDebug: JavaMail version 1.6.2
220 mx ESMTP
DEBUG SMTP: connected to host "mx", port: 25
EHLO c
250-mx
250 AUTH LOGIN
DEBUG SMTP: AUTH LOGIN command trace suppressed
DEBUG SMTP: AUTH LOGIN succeeded
MAIL FROM:<a@b>
250 ok
RCPT TO:<x@y>
550-5.1.1 The address
550 5.1.1 does not exist
DEBUG SMTP: Invalid Addresses
DEBUG SMTP:   x@y
RSET
250 Flushed
DEBUG SMTP: MessagingException while sending, THROW:
javax.mail.SendFailedException: Invalid Addresses;
  nested exception is:
\tcom.sun.mail.smtp.SMTPAddressFailedException: 550-5.1.1 The address
550 5.1.1 does not exist

\tat com.sun.mail.smtp.SMTPTransport.rcptTo(SMTPTransport.java:2064)
QUIT
221 bye
Exception in thread "main" javax.mail.SendFailedException: Invalid Addresses;
550 5.1.1 does not exist
"""

POSTFIX = """\
 Out: 220 mx.example.com ESMTP Postfix
 In:  EHLO client.example.com
 Out: 250-mx.example.com
 Out: 250 CHUNKING
 In:
 Out: 500 5.5.2 Error: bad syntax
 In:  DATA
 Out: 354 End data with <CR><LF>.<CR><LF>
 Out: 552 5.3.4 Error: message file too big; this line is so long that it has
     to be folded, and then
     folded again
 In:  RCPT TO:<a@example.com>

Session aborted, reason: lost connection
"""

POSTFIX_CLIENT = """\
 In:  220 mx.example.com ESMTP
 Out: EHLO client.example.com
 In:  250 mx.example.com
 Out: QUIT
"""

TSHARK_TLS = """\
Follow: tcp,ascii
Node 0: 127.0.0.1:56422
Node 1: 127.0.0.1:2525
\t8
220 mx

10
STARTTLS

\t8
220 go

14
..........250 .
\t5
250 ..
"""

TSHARK_HEX = """\
===================================================================
Follow: tcp,hex
Filter: tcp.stream eq 0
Node 0: 127.0.0.1:56422
Node 1: 127.0.0.1:2525
\t00000000  32 32 30 20 6d 78 20 45  53 4d 54 50 0d 0a        220 mx E SMTP..
00000000  45 48 4c 4f 20 61 0d 0a                           EHLO a..
\t0000000E  32 35 30 2d 6d 78 0d 0a  32 35 30 20 48 45 4c 50  250-mx.. 250 HELP
\t0000001E  0d 0a                                             ..
===================================================================
"""

TSHARK_CUT = """\
Follow: tcp,ascii
Node 0: 127.0.0.1:56422
Node 1: 127.0.0.1:2525
\t9
220 mx ES
\t5
MTP

6
DATA

\t5
354

12
25
250 x
.

\t5
250

===================================================================
"""

TSHARK_WITHOUT_TABS = """\
Follow: tcp,ascii
Filter: tcp.stream eq 0
35
220 mx ESMTP

6
NOOP

8
250 ok

"""

EXIM_OLD = """\
LOG: MAIN
  <= alice@example.com U=alice P=local S=300
delivering 1JSZmM-0001LR-S8
Connecting to mx.example.com [192.0.2.25]:25 ... connected
  SMTP<< 220 mx.example.com ESMTP
  SMTP>> EHLO client.example.com
  SMTP<< 250-mx.example.com
         250 SIZE 1000
  SMTP>> DATA
  SMTP<< 354 Go ahead
  SMTP>> writing message and terminating "."
  SMTP<< 250 OK
  SMTP>> QUIT
LOG: MAIN
  Completed
"""

SMTPLIB_2 = """\
send: 'ehlo client.example.com\\r\\n'
reply: '250-mx.example.com\\r\\n'
reply: '250 HELP\\r\\n'
reply: retcode (250); Msg: mx.example.com
send: "mail FROM:<o'neil@example.com>\\r\\n"
reply: '250 \\xe3\\x83\\x86\\r\\n'
send: 'data\\r\\n'
reply: '354 go\\r\\n'
data: (354, 'go')
send: 'a\\r\\n..b\\r\\n\\r\\n.\\r\\n'
"""

SWAKS_RAW = """\
=== Connected to 127.0.0.1.
<   0000: 32 32 30 20  68 69 0D 0A                              220.hi..
<-  220 hi
 -> DATA
  > 0000: 44 41 54 41  0D 0A                                    DATA..
<~* 550 no
 ~*> QUIT
**> NOOP
"""

TYPED = """\
$ telnet mx.example.com 25
Trying 192.0.2.25...
telnet: connect to address 192.0.2.25: Connection timed out
Trying 192.0.2.26...
Connected to mx.example.com.
Escape character is '^]'.
220 mx.example.com ESMTP

500 5.5.2 Error: bad syntax
AUTH PLAIN
334

501 5.5.4 Syntax error
DATA
354 go
Subject: I forgot the dot
421 4.4.2 mx.example.com Error: timeout exceeded
Connection closed by foreign host.
alice@host:~$ exit
"""

SERVER_ONLY = "220 mx\r\n250-mx\r\n250 HELP\r\n250 ok\r\n354 go\r\n250 queued\r\n221 bye\r\n"

TWO_SESSIONS = """\
Connected to mx.
220 mx
QUIT
221 bye
Connection closed by foreign host.
Connected to mx.
220 mx
NOOP
250 ok
"""

CLIENT_ONLY = "EHLO a\nMAIL FROM:<a@b>\n\nDATA\nSubject: x\n\n250 people came\n..dot\n.\nQUIT\n"
