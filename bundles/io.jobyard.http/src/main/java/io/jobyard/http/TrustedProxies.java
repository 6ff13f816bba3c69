// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Customizer that takes the client address from trusted proxies: the last address in {@code X-Forwarded-For} that is
 * not a proxy. Earlier addresses may be forged. Requests from other addresses are not changed.
 */
final class TrustedProxies implements HttpConfiguration.Customizer {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final Set<InetAddress> proxies;

    TrustedProxies(Set<InetAddress> proxies) {
        this.proxies = proxies;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable answer) {
        if (!(request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer)) {
            return request;
        }
        InetAddress client = client(peer.getAddress(), request.getHeaders());
        return client.equals(peer.getAddress()) ? request : from(new InetSocketAddress(client, 0), request);
    }

    /** Follows the proxies backwards, as long as each is trusted and names an address. */
    private InetAddress client(InetAddress peer, HttpFields headers) {
        String[] hops = String.join(",", headers.getValuesList(FORWARDED_FOR)).split(",", -1);
        InetAddress client = peer;
        for (int i = hops.length - 1; i >= 0 && proxies.contains(client); i--) {
            InetAddress before = IpLiteral.withoutPort(hops[i].strip());
            if (before == null) {
                return client;
            }
            client = before;
        }
        return client;
    }

    private static Request from(SocketAddress client, Request request) {
        ConnectionMetaData told = new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
            @Override
            public SocketAddress getRemoteSocketAddress() {
                return client;
            }
        };
        return new Request.Wrapper(request) {
            @Override
            public ConnectionMetaData getConnectionMetaData() {
                return told;
            }
        };
    }
}
