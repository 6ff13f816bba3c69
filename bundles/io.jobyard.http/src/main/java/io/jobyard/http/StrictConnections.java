// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.lang.reflect.Field;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;

/**
 * Connections whose requests {@link StrictChunks} parses. Jetty lets subclasses of its connection choose the parser, but exports
 * that class to no bundle. Therefore this class replaces the parser by reflection; if that fails, no connection is served.
 */
final class StrictConnections extends HttpConnectionFactory {

    StrictConnections(HttpConfiguration rules) {
        super(rules);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        Connection made = super.newConnection(connector, endPoint);
        HttpConfiguration rules = getHttpConfiguration();
        try {
            Field parser = field(made, "_parser");
            HttpParser.RequestHandler handler =
                    (HttpParser.RequestHandler) field(made, "_requestHandler").get(made);
            parser.set(
                    made,
                    new StrictChunks(
                            handler,
                            (HttpParser) parser.get(made),
                            rules.getRequestHeaderSize(),
                            rules.getHttpCompliance()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this version of Jetty stores its parser elsewhere; adapt this class to keep the parser strict", e);
        }
        return made;
    }

    private static Field field(Connection connection, String name) throws NoSuchFieldException {
        Field field = connection.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
