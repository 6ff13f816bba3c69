// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.folders;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file as a job has found it.
 *
 * @param name its path below the folder, with slashes
 * @param bytes its size
 * @param sha256 of its bytes, in hexadecimal
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
