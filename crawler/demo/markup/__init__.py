"""The demo's pages, one module per markup: each has `article(scene, story)` and `listing(scene, stories, number, last)`."""
