package pdf

// SetWindow sets how many characters of pages are read together.
func (d *Document) SetWindow(characters int) { d.window = characters }
