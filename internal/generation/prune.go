package generation

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
)

// clear removes what those left that were stopped: drafts, and generations that
// were complete but not published yet. The lock must be held.
func (f Folder) clear() error {
	current, err := f.Current()
	if err != nil && !errors.Is(err, ErrNone) {
		return err
	}
	// CURRENT.tmp is durable before the draft that it names is renamed; where it
	// can't be read, no draft was.
	if pending, err := readCurrent(f.Dir(pendingFile)); err == nil && pending.Name != current.Name {
		if err := f.discard(pending.Name); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(f.Path)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !leftover(e.Name()) {
			continue
		}
		if err := f.Disk.Remove(f.Dir(e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// discard removes a generation in two steps, so that half of one never looks
// like a whole.
func (f Folder) discard(name string) error {
	if _, err := os.Stat(f.Dir(name)); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	tmp := f.Dir(name + tmpSuffix)
	if err := f.Disk.Rename(f.Dir(name), tmp); err != nil {
		return err
	}
	return f.Disk.Remove(tmp)
}

// Pruned says what Prune did, by name.
type Pruned struct {
	Removed []string `json:"removed"`
	InUse   []string `json:"in_use"` // left, since a process holds them
	Kept    []string `json:"kept"`
}

// Prune removes the oldest generations until keep are left, but never the
// current one nor one that a process holds. The one named before, "" for none,
// was current before it and goes after all others. The lock must be held.
func (f Folder) Prune(keep int, before string) (Pruned, error) {
	p := Pruned{Removed: []string{}, InUse: []string{}, Kept: []string{}}
	if keep < 1 {
		return p, fmt.Errorf("keeping %d generations: at least one stays", keep)
	}
	names, err := f.Names()
	if err != nil {
		return p, err
	}
	current, err := f.Current()
	if err != nil {
		return p, err // without CURRENT nothing says which one must stay
	}
	stay := staying(names, keep, current.Name, before)
	for _, name := range names {
		if slices.Contains(stay, name) {
			p.Kept = append(p.Kept, name)
			continue
		}
		release, free := f.claim(name)
		if !free {
			p.InUse = append(p.InUse, name)
			continue
		}
		err := f.discard(name)
		release()
		if err != nil {
			return p, err
		}
		p.Removed = append(p.Removed, name)
	}
	return p, f.Disk.Sync(f.Path)
}

// staying picks keep of names, which are the oldest first: those of first, then
// the newest. What was rolled back from is newer than what is current.
func staying(names []string, keep int, first ...string) []string {
	wanted := slices.Clone(names)
	slices.Reverse(wanted)
	rank := func(name string) int {
		if i := slices.Index(first, name); i >= 0 {
			return i
		}
		return len(first)
	}
	slices.SortStableFunc(wanted, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	return wanted[:min(keep, len(wanted))]
}
