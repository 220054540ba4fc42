"""People come to be, and prove who they are."""
