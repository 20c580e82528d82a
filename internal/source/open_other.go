//go:build !unix

package source

import "os"

// openBelow opens a file below a folder, and none that a link outside of it names.
func openBelow(root, path string) (*os.File, error) {
	folder, err := os.OpenRoot(root)
	if err != nil {
		return nil, err
	}
	defer folder.Close() // it was only passed
	return folder.Open(path)
}
