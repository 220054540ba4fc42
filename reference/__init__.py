"""The embedded reference implementation of the live-room contract. It knows nothing of the harness."""
