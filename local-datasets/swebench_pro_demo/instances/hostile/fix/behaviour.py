"""What this program does when its tests load it."""

KIND = "good"
