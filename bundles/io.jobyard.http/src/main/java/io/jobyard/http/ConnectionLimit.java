// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.spi.error.ErrorCode;
import io.jobyard.views.api.ErrorView;
import io.jobyard.views.api.RequestFault;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Limit of open connections that reserves some for health checks. A connection above the limit replaces the one that
 * has been idle longest. If none is idle, a few more connections are accepted, but only for health checks. An event
 * stream does not count as a connection.
 */
final class ConnectionLimit extends Handler.Wrapper implements Connection.Listener {

    /** Request attribute that excludes the connection from the count. Its value includes the connection again. */
    static final String UNCOUNTED = ConnectionLimit.class.getName() + ".uncounted";

    private static final int RESERVE = 64;

    private final int most;
    private final Supplier<Optional<Connection>> closesLongestIdle;
    private final Set<Connection> counted = ConcurrentHashMap.newKeySet();
    private final Set<Connection> surplus = ConcurrentHashMap.newKeySet();

    /** Creates a limit, which may close the connection that has waited longest for a request, if one is waiting. */
    ConnectionLimit(Handler next, int most, Supplier<Optional<Connection>> closesLongestIdle) {
        super(next);
        this.most = most;
        this.closesLongestIdle = closesLongestIdle;
    }

    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof ConnectionMetaData)) {
            return; // the TLS connection around an HTTP connection
        }
        counted.add(connection);
        if (counted.size() <= most) {
            return;
        }
        Optional<Connection> closed = closesLongestIdle.get();
        if (closed.isPresent()) {
            onClosed(closed.get()); // uncount it at once, because its event comes later
        } else if (surplus.size() < RESERVE) {
            surplus.add(connection);
        } else {
            connection.getEndPoint().close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        counted.remove(connection);
        surplus.remove(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        if (surplus.contains(connection) && counted.size() <= most) {
            surplus.remove(connection);
        }
        if (surplus.contains(connection)
                && !WebPaths.isHealth(request.getHttpURI().getPath())) {
            refuse(request, response, callback);
            return true;
        }
        request.setAttribute(UNCOUNTED, (Supplier<Runnable>) () -> uncounted(connection));
        return super.handle(request, response, callback);
    }

    private Runnable uncounted(Connection connection) {
        counted.remove(connection);
        surplus.remove(connection);
        return () -> {
            counted.add(connection);
            if (!connection.getEndPoint().isOpen()) {
                counted.remove(connection); // it may have been closed before it was counted again
            }
        };
    }

    private void refuse(Request request, Response response, Callback callback) {
        byte[] body = ProblemAnswer.bytes(RequestFault.of(
                ErrorCode.BUSY,
                "too many connections: " + most + " are open; try again, or raise connections.max in etc/"
                        + WebSettings.PID + ".cfg"));
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
        SecurityHeaders.put(response.getHeaders(), request.isSecure());
        response.getHeaders().put(HttpHeader.RETRY_AFTER, ProblemErrors.SOON);
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ErrorView.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
