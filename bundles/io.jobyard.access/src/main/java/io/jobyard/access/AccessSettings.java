// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.spi.SettingsReader;

/**
 * The checked values of {@code io.jobyard.access}.
 *
 * @param unlistedBundlesMayAll whether a bundle that no role lists may do all, or nothing
 */
record AccessSettings(boolean unlistedBundlesMayAll) {

    static final String PID = "io.jobyard.access";
    static final String ALL = "all";
    private static final String NONE = "none";

    static final AccessSettings CLOSED = new AccessSettings(false);

    static AccessSettings read(SettingsReader reader) {
        return new AccessSettings(reader.value("bundles.default", true, AccessSettings::isAll));
    }

    private static boolean isAll(String text) {
        if (text.equals(ALL) || text.equals(NONE)) {
            return text.equals(ALL);
        }
        throw new IllegalArgumentException("use all or none");
    }

    @Override
    public String toString() {
        return "bundles.default = " + (unlistedBundlesMayAll ? ALL : NONE);
    }
}
