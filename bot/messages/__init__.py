"""Every sentence a person can see."""
