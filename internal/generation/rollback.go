package generation

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Rollback makes an earlier (or, after a rollback, later) generation current: the
// one named to, or with "" the one before the current one. It is checked first.
// The folder must be locked. accept refuses a generation that can't be served; nil accepts all.
func (f Folder) Rollback(ctx context.Context, to string, accept func(*Manifest) error) (Current, error) {
	names, err := f.Names()
	if err != nil {
		return Current{}, err
	}
	before, err := f.Current()
	if err != nil && !errors.Is(err, ErrNone) {
		return Current{}, err
	}
	if to == "" {
		if before.Name == "" {
			return Current{}, err
		}
		i, _ := slices.BinarySearch(names, before.Name) // which may have been removed
		if i == 0 {
			return Current{}, fmt.Errorf("%s has no generation before the current one: see indexer list --index %s",
				f.Path, f.Path)
		}
		to = names[i-1]
	}
	if !slices.Contains(names, to) {
		return Current{}, fmt.Errorf("%s has no generation %q: see indexer list --index %s", f.Path, to, f.Path)
	}
	if to == before.Name {
		return Current{}, fmt.Errorf("generation %s is the current one", to)
	}
	content, err := f.check(ctx, to, accept)
	if err != nil {
		return Current{}, err
	}
	c := Current{to, hexSum(content)}
	if err := f.writePending(rollbackFile, c); err != nil {
		return Current{}, errors.Join(err, f.disk.Remove(f.Dir(rollbackFile)))
	}
	if err := f.commit(rollbackFile, before); err != nil {
		return Current{}, errors.Join(err, f.disk.Remove(f.Dir(rollbackFile)))
	}
	return c, nil
}
