// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

/**
 * A new job belongs to a group that was closed meanwhile, or ends a group that now has other jobs than those it depends on. Nothing of the
 * change was stored.
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
