"""Control as a plant has it: loops, alarms with priorities, and a historian."""
