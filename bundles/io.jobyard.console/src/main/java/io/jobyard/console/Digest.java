// SPDX-License-Identifier: Apache-2.0
package io.jobyard.console;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 in the format of paths and policies. */
final class Digest {

    private final MessageDigest sha256;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Digest add(byte[] content) {
        sha256.update(content);
        return this;
    }

    String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    String base64() {
        return Base64.getEncoder().encodeToString(sha256.digest());
    }
}
