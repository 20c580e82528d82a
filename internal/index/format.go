package index

import (
	"encoding/json"
	"fmt"

	"xunwen/internal/generation"
)

// formatVersion names what a generation's files mean. A reader refuses every
// other.
const formatVersion = 6

// The parts of a generation.
const (
	analyzerDir = "analyzer"
	bleveDir    = "bleve"
	recordsDir  = "records"
)

// settings is what a manifest holds of how the generation was built.
type settings struct {
	Volumes []volumeInfo `json:"volumes"`
	Cuts    string       `json:"cuts"` // fingerprint of the dictionaries without synonyms
}

// readManifest reads a generation's manifest and settings; ErrFormat, wrapped,
// where another version of the program wrote it.
func readManifest(f generation.Folder, c generation.Current) (*generation.Manifest, settings, error) {
	m, err := f.Manifest(c.Name, c.SHA256)
	if err != nil {
		return nil, settings{}, err
	}
	if m.Format != formatVersion {
		return nil, settings{}, otherFormat(f, m)
	}
	s, err := readSettings(m)
	if err != nil {
		return nil, settings{}, fmt.Errorf("the manifest of %s: %w", f.Dir(c.Name), err)
	}
	return m, s, nil
}

func otherFormat(f generation.Folder, m *generation.Manifest) error {
	return fmt.Errorf("%s has format version %d, this program reads %d: %w; build it again with indexer build --out %s PATH, without --append",
		f.Dir(m.Generation), m.Format, formatVersion, generation.ErrFormat, f.Path)
}

// readSettings returns generation.ErrDamaged, wrapped, where m's can't be.
func readSettings(m *generation.Manifest) (settings, error) {
	var s settings
	if err := json.Unmarshal(m.Settings, &s); err != nil {
		return settings{}, fmt.Errorf("settings: %w: %w", generation.ErrDamaged, err)
	}
	if m.Articles < 0 || m.Paragraphs < 0 || len(s.Volumes) == 0 {
		return settings{}, fmt.Errorf("impossible counts: %w", generation.ErrDamaged)
	}
	for _, v := range s.Volumes {
		if err := v.check(); err != nil {
			return settings{}, fmt.Errorf("%w: %w", err, generation.ErrDamaged)
		}
	}
	return s, nil
}
