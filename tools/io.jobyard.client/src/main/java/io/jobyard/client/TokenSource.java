// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Set;

/** Source of the token. It is read for each request, so that a replaced token is used immediately. */
@FunctionalInterface
interface TokenSource {

    String token();

    /** Reads a file to which only its owner has access. */
    static TokenSource file(Path file) {
        return () -> {
            try {
                refuseIfShared(file);
                return checked(Files.readString(file).strip(), file.toString());
            } catch (IOException e) {
                throw JobyardClientException.own(
                        "validation", "the token cannot be read from " + file + " (" + e + ")", e);
            }
        };
    }

    /** Checks that a token is a valid value of a header. */
    static String checked(String token, String where) {
        if (!token.matches("[!-~]+")) {
            throw JobyardClientException.own("validation", where + " holds no token; put the token alone there", null);
        }
        return token;
    }

    private static void refuseIfShared(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return; // a file system without such permissions
        }
        Set<PosixFilePermission> others = new HashSet<>(view.readAttributes().permissions());
        others.retainAll(Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ));
        if (!others.isEmpty()) {
            throw JobyardClientException.own(
                    "validation", "others can read the token in " + file + "; run chmod 600 " + file, null);
        }
    }
}
