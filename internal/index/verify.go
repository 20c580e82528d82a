package index

import (
	"context"
	"errors"
	"fmt"

	"xunwen/internal/generation"
)

// Verify checks every file of an index folder against its checksum; deep also
// opens each generation and reads all records and posting lists. The error is for
// what prevented a check, not for damage.
func Verify(ctx context.Context, dir string, deep bool) (generation.Report, error) {
	f := generation.In(dir)
	var notes []string
	r, err := f.Verify(ctx, func(c generation.Current, m *generation.Manifest) error {
		if m.Format != FormatVersion { // its files are sound, but this program can't read them
			notes = append(notes, otherFormat(f, m).Error())
			return nil
		}
		if !deep {
			_, _, err := ReadManifest(f, c)
			return err
		}
		return readAll(ctx, f, c)
	})
	r.Notes = append(r.Notes, notes...)
	return r, err
}

// readAll opens a generation and reads all records and posting lists.
func readAll(ctx context.Context, f generation.Folder, c generation.Current) (err error) {
	g, err := Open(ctx, f, c, nil, Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	var read Size
	for i := range g.Records.Len() {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := g.Records.Get(i)
		if err != nil {
			return err
		}
		read.Add(SizeOf(&a))
	}
	if m := g.Manifest; read != (Size{m.TextBytes, m.Paragraphs}) {
		return fmt.Errorf("the records have %d paragraphs and %d bytes of text, the manifest says %d and %d",
			read.Paragraphs, read.Text, m.Paragraphs, m.TextBytes)
	}
	return g.Postings.readAll(ctx)
}
