package generation

import "errors"

// Entry is one generation of List.
type Entry struct {
	Name     string
	Current  bool
	InUse    bool
	Manifest *Manifest // nil if there is an Err
	Err      error     // why its manifest can't be read
}

// List describes the generations of a folder, newest first.
func (f Folder) List() ([]Entry, error) {
	names, err := f.Names()
	if err != nil {
		return nil, err
	}
	c, err := f.Current()
	if err != nil && !errors.Is(err, ErrNone) {
		return nil, err
	}
	out := []Entry{}
	for i := len(names) - 1; i >= 0; i-- {
		e := Entry{Name: names[i], Current: names[i] == c.Name, InUse: f.inUse(names[i])}
		e.Manifest, e.Err = f.Manifest(names[i], "")
		out = append(out, e)
	}
	return out, nil
}
