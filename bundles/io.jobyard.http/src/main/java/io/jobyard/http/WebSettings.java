// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.settings.api.SettingsReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checked values of {@code io.jobyard.http}.
 *
 * @param port the port; 0 if HTTP is off
 * @param host the address to listen on
 * @param hosts additional names of this host, in lower case
 * @param proxies addresses whose {@code X-Forwarded-For} is trusted
 * @param keystore the file with key and certificates, as configured; empty for none
 * @param isLogged whether to log each request
 */
record WebSettings(
        int port,
        InetAddress host,
        Set<String> hosts,
        Set<InetAddress> proxies,
        String keystore,
        String password,
        Limits limits,
        boolean isLogged) {

    /**
     * Limits of single requests and of all requests.
     *
     * @param bodyBytes the maximum size of a body
     * @param headerBytes the maximum size of the headers
     * @param idleSeconds the maximum time of a connection without a request
     * @param threads the maximum number of threads that answer
     * @param streams the maximum number of event streams
     * @param streamsOfOne the maximum number of event streams of one user, and of one token or session
     */
    record Limits(
            int bodyBytes,
            int headerBytes,
            int idleSeconds,
            int connections,
            int threads,
            int streams,
            int streamsOfOne) {}

    static final String PID = "io.jobyard.http";
    static final int OFF = 0;
    static final String LOOPBACK = "127.0.0.1";
    static final int BODY_BYTES = 17_825_792;
    static final int HEADER_BYTES = 16_384;
    static final int IDLE_SECONDS = 30;
    static final int CONNECTIONS = 2000;
    static final int THREADS = 32;
    static final int STREAMS = 5000;
    static final int STREAMS_OF_ONE = 500;

    private static final String NAME = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";

    static WebSettings read(SettingsReader reader) {
        WebSettings settings = new WebSettings(
                reader.integer("port", OFF, 0, 65_535),
                reader.value("bind.address", address(LOOPBACK), WebSettings::address),
                reader.value("allowed.hosts", Set.of(), WebSettings::names),
                reader.value("proxies", Set.of(), WebSettings::addresses),
                reader.text("tls.keystore", ""),
                reader.text("tls.keystore.password", ""),
                new Limits(
                        reader.integer("body.max.bytes", BODY_BYTES, 1024, 67_108_864),
                        reader.integer("header.max.bytes", HEADER_BYTES, 1024, 65_536),
                        reader.integer("idle.timeout.seconds", IDLE_SECONDS, 1, 3600),
                        reader.integer("connections.max", CONNECTIONS, 1, 65_535),
                        reader.integer("threads.max", THREADS, 8, 512),
                        reader.integer("streams.max", STREAMS, 1, 65_535),
                        reader.integer("streams.per.user.max", STREAMS_OF_ONE, 1, 65_535)),
                reader.value("access.log", false, WebSettings::truth));
        if (!settings.host.isLoopbackAddress() && !settings.isSecure()) {
            reader.refuse(
                    "invalid bind.address: passwords would cross the network unencrypted; set tls.keystore, or listen on "
                            + LOOPBACK + " behind a proxy that uses TLS");
        }
        return settings;
    }

    boolean isSecure() {
        return !keystore.isEmpty();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("use an address of this machine, for example " + LOOPBACK, e);
        }
    }

    private static Set<String> names(String text) {
        Set<String> names = Arrays.stream(text.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .collect(Collectors.toUnmodifiableSet());
        if (!names.stream().allMatch(name -> name.matches(NAME))) {
            throw new IllegalArgumentException("use names without ports, for example jobs.example.com,jobs");
        }
        return names;
    }

    private static Set<InetAddress> addresses(String text) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (String each : text.split(",", -1)) {
            InetAddress address = IpLiteral.of(each.strip());
            if (address == null) {
                throw new IllegalArgumentException("use addresses of proxies, for example 127.0.0.1,10.0.0.7");
            }
            addresses.add(address);
        }
        return Collections.unmodifiableSet(addresses);
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("use true or false");
        }
        return text.equals("true");
    }

    @Override
    public String toString() {
        return "port = " + port + ", bind.address = " + host.getHostAddress() + ", allowed.hosts = "
                + String.join(",", hosts)
                + ", proxies = "
                + proxies.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(","))
                + ", tls.keystore = " + keystore + ", body.max.bytes = " + limits.bodyBytes
                + ", header.max.bytes = " + limits.headerBytes + ", idle.timeout.seconds = " + limits.idleSeconds
                + ", connections.max = " + limits.connections + ", threads.max = " + limits.threads
                + ", streams.max = " + limits.streams + ", streams.per.user.max = " + limits.streamsOfOne
                + ", access.log = " + isLogged;
    }
}
