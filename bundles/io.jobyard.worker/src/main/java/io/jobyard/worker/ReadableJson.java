// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.lang.reflect.Type;

/** Reader of JSON for tests of handlers, with the mapping that handlers get. */
public final class ReadableJson {

    private ReadableJson() {}

    /**
     * Reads a JSON value.
     *
     * @param what name of the value in exceptions
     * @throws io.jobyard.api.handler.PermanentException if the value does not match the type; the message contains the path
     */
    public static <T> T read(String what, String json, Type type) {
        return new PayloadReader(new HandlerMapper()).value(what, json, type);
    }
}
