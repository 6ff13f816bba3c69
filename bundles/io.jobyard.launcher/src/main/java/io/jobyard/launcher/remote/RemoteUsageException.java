// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

/** A command that cannot be meant as it was typed. The message is the one line that is printed. */
final class RemoteUsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RemoteUsageException(String message) {
        super(message);
    }
}
