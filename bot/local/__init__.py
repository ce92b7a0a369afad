"""A local Slack: a workspace on loopback that the real app talks to over real sockets; the demo, and the test double.

`bot.local.server.LocalWorkspace` is the door: `world` holds what there is, `people` do what people do, `faults` make
things go wrong, `delivery` shows what was sent to the app and `calls` what the app asked.
"""
