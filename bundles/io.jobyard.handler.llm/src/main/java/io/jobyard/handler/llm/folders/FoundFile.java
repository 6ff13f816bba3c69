// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.folders;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * File in the state in which a job found it.
 *
 * @param name path relative to the folder, with slashes
 * @param bytes size in bytes
 * @param sha256 SHA-256 of the content, in hexadecimal digits
 */
public record FoundFile(String name, long bytes, String sha256) {

    static FoundFile of(String name, byte[] bytes) {
        return new FoundFile(name, bytes.length, sha256(bytes));
    }

    boolean has(byte[] other) {
        return other.length == bytes && sha256(other).equals(sha256);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
