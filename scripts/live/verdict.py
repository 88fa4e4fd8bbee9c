"""A line for each thing that was checked, and the exit status they add up to."""


class Verdict:
    def __init__(self):
        self.failed = []

    def check(self, what, held, seen=""):
        if not held:
            self.failed.append(what)
        print(f"{'ok  ' if held else 'FAIL'} {what}" + ("" if held or seen == "" else f"   seen: {str(seen)[:500]}"),
              flush=True)
        return held

    def conclude(self):
        """Prints the sum; the exit status."""
        print("All held." if not self.failed else f"{len(self.failed)} did not hold.")
        return 1 if self.failed else 0
