// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.settings.api.SettingsReader;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Checked values of {@code io.jobyard.metrics}.
 *
 * @param port where Prometheus scrapes; 0 for nowhere
 * @param address on which address of this machine
 */
record MetricsSettings(int port, InetAddress address) {

    static final String PID = "io.jobyard.metrics";
    static final int OFF = 0;
    static final String LOOPBACK = "127.0.0.1";

    static MetricsSettings read(SettingsReader reader) {
        return new MetricsSettings(
                reader.integer("prometheus.port", OFF, 0, 65_535),
                reader.value("prometheus.address", address(LOOPBACK), MetricsSettings::address));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("use an address of this machine, such as " + LOOPBACK, e);
        }
    }

    @Override
    public String toString() {
        return "prometheus.port = " + port + ", prometheus.address = " + address.getHostAddress();
    }
}
