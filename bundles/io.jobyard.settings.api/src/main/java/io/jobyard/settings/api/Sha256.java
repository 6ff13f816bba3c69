// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 digests. Each digest is a copy of one that was created when the host started, so code that removes the security providers of the
 * process cannot prevent the host from storing data.
 */
public final class Sha256 {

    private static final MessageDigest FRESH = fresh();

    private Sha256() {}

    /**
     * Creates a digest.
     *
     * @return empty digest, for one thread
     */
    public static MessageDigest begin() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this Java cannot copy an instance of SHA-256", e);
        }
    }

    /** Returns the digest of a text's UTF-8 bytes, 32 bytes. */
    public static byte[] of(String text) {
        return begin().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the digest of a text's UTF-8 bytes, 64 hexadecimal digits. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(of(text));
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
