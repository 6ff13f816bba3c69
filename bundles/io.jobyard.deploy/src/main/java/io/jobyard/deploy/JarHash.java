// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.settings.api.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Distinguishes builds of one version. */
final class JarHash {

    private static final int CHUNK = 1 << 16;

    private JarHash() {}

    /** Returns the SHA-256 in hexadecimal digits. */
    static String of(Path jar) throws IOException {
        MessageDigest digest = Sha256.begin();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(jar)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
