// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

/**
 * Thrown if a new job belongs to a group that was closed meanwhile, or closes a group that now has other jobs than its dependencies.
 * Nothing of the change was stored.
 */
public final class GroupChangedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param submitter owner of the group
     */
    public GroupChangedException(String submitter, String group) {
        super("group '" + group + "' of " + submitter + " has changed meanwhile");
    }
}
