// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * Handler of a run.
 *
 * @param bundle symbolic name and version of its bundle, and for a bundle in {@code deploy/} the first digits of the SHA-256 of its jar,
 * separated by blanks; builds of one version have different digits
 */
public record HandlerName(String version, String bundle) {

    /** {@return the symbolic name of its bundle} */
    public String symbolicName() {
        int end = bundle.indexOf(' ');
        return end < 0 ? bundle : bundle.substring(0, end);
    }
}
