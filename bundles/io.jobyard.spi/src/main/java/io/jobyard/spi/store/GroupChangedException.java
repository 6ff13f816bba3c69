// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

/**
 * A new job is one of a group that has been closed since somebody looked, or ends a group that has other jobs by now than it depends
 * on. Nothing of the change was stored.
 */
public final class GroupChangedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says which group.
     *
     * @param submitter whose group
     */
    public GroupChangedException(String submitter, String group) {
        super("group '" + group + "' of " + submitter + " has changed meanwhile");
    }
}
