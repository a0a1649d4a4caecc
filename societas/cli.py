"""The command line. What a command needs is imported when it runs: `societas --help` answers at once."""

import typer

from societas.commands import assessment, calendar, dead_letters, log, policy, review, token
from societas.commands.demo import demo
from societas.commands.doctor import doctor
from societas.commands.duties import duties
from societas.commands.explain import explain
from societas.commands.ratings import ratings
from societas.commands.rebuild import rebuild
from societas.commands.records import records
from societas.commands.replay import replay
from societas.commands.up import up
from societas.commands.usage import Group
from societas.commands.verify import verify
from societas.commands.version import front
from societas.commands.whatif import whatif

app = typer.Typer(
    name="societas",
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode=None,  # Rich takes 0.2 s to import; help is plain text
    pretty_exceptions_enable=False,
    help="Learned societies, their activities and federations, rated as events arrive · 学会评价随事件更新",
)
app.callback(invoke_without_command=False)(front)
for command in (up, demo, ratings, explain, verify, duties, whatif, replay, rebuild, records, doctor):
    app.command()(command)
app.add_typer(log.app, name="log")
app.add_typer(dead_letters.app, name="dead-letters")
app.add_typer(policy.app, name="policy")
app.add_typer(assessment.app, name="assessment")
app.add_typer(calendar.app, name="calendar")
app.add_typer(review.app, name="review")
app.add_typer(token.app, name="token")
