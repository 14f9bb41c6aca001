"""A freeze-dryer: freezing, primary and secondary drying of vials, chamber, condenser and pump."""
