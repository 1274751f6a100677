"""A small province portal in a box: an invented Kon Tum portal that shows, on loopback, what real portals do.

`crawler/demo/articles/*.toml` hold the stories with every fact they state, and are at once what the pages are rendered
from and the truth that tests compare items with (`truth.truth`). `answer.answer` is the whole portal as a pure
function; `server.serve` puts it on a socket. Every byte follows from the edition, the day and the port asked for.
"""
