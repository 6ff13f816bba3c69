// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Name resolver. */
@FunctionalInterface
interface NameResolver {

    /** Returns all addresses of a name. May block for as long as the machine's resolver does. */
    List<InetAddress> resolve(String name) throws UnknownHostException;
}
