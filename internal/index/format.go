package index

import (
	"encoding/json"
	"fmt"

	"xunwen/internal/generation"
)

// FormatVersion is the version of the files of a generation. Others can't be read.
const FormatVersion = 13

// Folders of a generation and its volumes.
const (
	AnalyzerDir = "analyzer"
	BleveDir    = "bleve"
	RecordsDir  = "records"
)

// Settings are the part of a manifest that describes the build.
type Settings struct {
	Volumes      []VolumeInfo `json:"volumes"`
	Segmentation string       `json:"cuts"` // fingerprint of the dictionaries of the segmentation, without synonyms
}

// ReadManifest reads the manifest of a generation and its settings. Errors:
// generation.ErrFormat when it has another format version, generation.ErrDamaged,
// wrapped; those of the disk.
func ReadManifest(f generation.Folder, c generation.Current) (*generation.Manifest, Settings, error) {
	m, err := f.Manifest(c.Name, c.SHA256)
	if err != nil {
		return nil, Settings{}, err
	}
	if err := CheckFormat(f, m); err != nil {
		return nil, Settings{}, err
	}
	s, err := ReadSettings(m)
	if err != nil {
		return nil, Settings{}, fmt.Errorf("the manifest of %s: %w", f.Dir(c.Name), err)
	}
	return m, s, nil
}

// CheckFormat returns generation.ErrFormat, wrapped, if this program can't read a generation.
func CheckFormat(f generation.Folder, m *generation.Manifest) error {
	if m.Format != FormatVersion {
		return otherFormat(f, m)
	}
	return nil
}

func otherFormat(f generation.Folder, m *generation.Manifest) error {
	return fmt.Errorf("%s has format version %d, this program reads %d: %w; "+
		"build it again with indexer build --out %s PATH, without --append",
		f.Dir(m.Generation), m.Format, FormatVersion, generation.ErrFormat, f.Path)
}

// ReadSettings decodes the settings of m. Invalid ones are generation.ErrDamaged,
// wrapped.
func ReadSettings(m *generation.Manifest) (Settings, error) {
	var s Settings
	if err := json.Unmarshal(m.Settings, &s); err != nil {
		return Settings{}, fmt.Errorf("settings: %w: %w", generation.ErrDamaged, err)
	}
	if m.Articles < 0 || m.Paragraphs < 0 || len(s.Volumes) == 0 {
		return Settings{}, fmt.Errorf("impossible counts: %w", generation.ErrDamaged)
	}
	for _, v := range s.Volumes {
		if err := v.check(); err != nil {
			return Settings{}, fmt.Errorf("%w: %w", err, generation.ErrDamaged)
		}
	}
	return s, nil
}
