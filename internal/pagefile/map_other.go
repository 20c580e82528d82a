//go:build !unix

package pagefile

import "os"

// mapFile reads a file.
func mapFile(path string) (data []byte, release func() error, err error) {
	data, err = os.ReadFile(path)
	return data, func() error { return nil }, err
}
