"""A real SMTP server for the journeys: keeps every mail it receives as one JSON line.

Usage: mail_sink.py FILE PORT [COUNT]   (0: any free one; prints which, then runs until it is ended)

After COUNT mails it keeps only to whom one went, and the mail as it came: reading one takes longer than taking it, and where many
thousands come that would be half of the load.

A file FILE.refuse next to it holds, as JSON, the addresses that are refused, and with which answer; "greeting", "AUTH" and
"MAIL" in place of an address stand for whoever comes, for a password and for a sender. It is read each time anew. What was
refused is kept in FILE.refused, one JSON line each. Every password is right.
"""

import asyncio
import base64
import email
import email.policy
import json
import os
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Sink:
    """Writes recipients, subject and the plain text part of each message."""

    def __init__(self, path, to_read):
        self.path = path
        self.to_read = to_read

    def answer(self, address):
        """What is said instead of taking a mail for this address, or nothing. It is kept that it was said."""
        rules = self.path + ".refuse"
        if not os.path.exists(rules):
            return None
        with open(rules, encoding="utf-8") as file:
            answer = json.load(file).get(address)
        if answer:
            with open(self.path + ".refused", "a", encoding="utf-8") as file:
                file.write(json.dumps({"to": address, "answer": answer}) + "\n")
        return answer

    def authenticate(self, server, session, envelope, mechanism, auth_data):
        answer = self.answer("AUTH")
        return AuthResult(success=not answer, handled=False, message=answer)

    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = self.answer("MAIL")
        if answer:
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.answer(address)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        kept = {"to": envelope.rcpt_tos, "raw": base64.b64encode(envelope.content).decode()}
        if self.to_read > 0:
            self.to_read -= 1
            kept |= read(envelope.content)
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(kept) + "\n")
        return "250 OK"


def read(content):
    message = email.message_from_bytes(content, policy=email.policy.default)
    plain = message.get_body(preferencelist=("plain",))
    return {
        "subject": str(message["subject"]),
        "text": plain.get_content() if plain else "",
        "parts": [part.get_content_type() for part in message.walk()],
        "defects": [str(defect) for part in message.walk() for defect in part.defects],
    }


class Server(SMTP):
    """Says who may come at all before it listens."""

    async def _handle_client(self):
        answer = self.event_handler.answer("greeting")
        if answer:
            await self.push(answer)
            self.transport.close()
            return
        await super()._handle_client()


def server_for(sink):
    return Server(sink, enable_SMTPUTF8=True, authenticator=sink.authenticate, auth_require_tls=False)


async def main():
    loop = asyncio.get_running_loop()
    path, port, *count = sys.argv[1:]
    sink = Sink(path, int(count[0]) if count else sys.maxsize)
    server = await loop.create_server(lambda: server_for(sink), "127.0.0.1", int(port))
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
