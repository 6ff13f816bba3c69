// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the host can see of a file: its bytes, and its owner, which is the nearest to who wrote it. */
final class FileDetails {

    private static final Logger LOG = LoggerFactory.getLogger(FileDetails.class);

    static final String OWNER = "file owner ";

    private FileDetails() {}

    /** The file that a URL names; empty if it names none. */
    static Optional<Path> file(String url) {
        String plain = url.startsWith("reference:") ? url.substring("reference:".length()) : url;
        try {
            return plain.startsWith("file:/") ? Optional.of(Path.of(URI.create(plain))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // it names no file that could be looked at
        }
    }

    static String owner(Path file) {
        try {
            return OWNER + Files.getOwner(file).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return InventoryItem.UNKNOWN;
        }
    }

    /** SHA-256 of what it holds, in hexadecimal digits. */
    static String digest(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (Files.isRegularFile(file)) {
                try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
                    bytes.transferTo(OutputStream.nullOutputStream());
                }
                return HexFormat.of().formatHex(digest.digest());
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be read", file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
        return InventoryItem.UNKNOWN;
    }
}
