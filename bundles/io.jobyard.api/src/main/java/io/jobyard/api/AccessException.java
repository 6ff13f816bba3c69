// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** Thrown if the caller lacks a permission. Nothing was changed. */
public final class AccessException extends JobyardException {

    private static final long serialVersionUID = 1L;

    private final String permission;

    /**
     * Creates the exception.
     *
     * @param permission the missing permission
     */
    public AccessException(String message, String permission) {
        super("access", message, null);
        this.permission = permission;
    }

    /** {@return the missing permission, as a role's configuration names it, for example {@code cancel:all}} */
    public String permission() {
        return permission;
    }
}
