// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.eclipse.jetty.io.Transport;

/**
 * Transport that connects to one address, regardless of the name in the URL. It is equal only to itself, so that no
 * connection of another request is reused.
 */
final class PinnedTransport extends Transport.Wrapper {

    private final InetSocketAddress address;

    private PinnedTransport(InetSocketAddress address) {
        super(Transport.TCP_IP);
        this.address = address;
    }

    /** TLS takes the server name from the address, so the address must have the name, not only a number. */
    static PinnedTransport to(InetAddress address, CallTarget target) {
        try {
            InetAddress named = InetAddress.getByAddress(target.host(), address.getAddress());
            return new PinnedTransport(new InetSocketAddress(named, target.port()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean requiresDomainNameResolution() {
        return false;
    }

    @Override
    public SocketAddress getSocketAddress() {
        return address;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
