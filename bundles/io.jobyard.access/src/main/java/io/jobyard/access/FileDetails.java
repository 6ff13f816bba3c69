// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Digest of a file, and its owner, who most likely wrote it. */
final class FileDetails {

    private static final Logger LOG = LoggerFactory.getLogger(FileDetails.class);

    static final String OWNER = "file owner ";

    private FileDetails() {}

    /** Returns the file of a URL; empty if the URL is not a file. */
    static Optional<Path> file(String url) {
        String plain = url.startsWith("reference:") ? url.substring("reference:".length()) : url;
        try {
            return plain.startsWith("file:/") ? Optional.of(Path.of(URI.create(plain))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not a valid path
        }
    }

    static String owner(Path file) {
        try {
            return OWNER + Files.getOwner(file).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return InventoryItem.UNKNOWN;
        }
    }

    /** Returns the SHA-256 of the content, in hexadecimal digits. */
    static String digest(Path file) {
        try {
            MessageDigest digest = Sha256.begin();
            if (Files.isRegularFile(file)) {
                try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
                    bytes.transferTo(OutputStream.nullOutputStream());
                }
                return HexFormat.of().formatHex(digest.digest());
            }
        } catch (IOException e) {
            LOG.debug("Cannot read {}", file, e);
        }
        return InventoryItem.UNKNOWN;
    }
}
