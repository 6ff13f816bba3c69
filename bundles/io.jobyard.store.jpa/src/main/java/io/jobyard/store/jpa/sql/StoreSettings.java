// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import io.jobyard.settings.api.SettingsReader;

/** Checked settings of the PID {@code io.jobyard.store}. An empty URL means the embedded database of the dialect. */
public record StoreSettings(String url, String user, String password, int poolSize, int leaseSeconds, boolean signals) {

    public static final String PID = "io.jobyard.store";
    /** Default number of connections: three readers hold up to two each, two threads search, one commits, one maintains. */
    public static final int POOL_SIZE = 10;

    public static final int LEASE_SECONDS = 30;

    static StoreSettings read(SettingsReader reader) {
        return new StoreSettings(
                reader.text("url", ""),
                reader.text("user", ""),
                reader.text("password", ""),
                reader.integer("pool.size", POOL_SIZE, POOL_SIZE, 64),
                reader.integer("lease.seconds", LEASE_SECONDS, 5, 600),
                reader.value("signals", true, StoreSettings::truth));
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("use true or false");
        };
    }

    /**
     * Returns the URL without the parts before the host and after the name of the database, because they may contain a
     * password.
     */
    public String position() {
        return url.replaceFirst("[;?].*", "").replaceFirst("(?<=//)[^/]*@", "");
    }

    /** Describes the settings for the log, without the password. */
    @Override
    public String toString() {
        return "url = " + (url.isEmpty() ? "(embedded)" : position()) + ", user = " + user + ", pool.size = " + poolSize
                + ", lease.seconds = " + leaseSeconds + ", signals = " + signals;
    }
}
