// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import java.util.List;
import java.util.Map;

/** List of objects from a request, with the position of each object for messages. */
public interface PlacedList extends List<Map<String, Object>> {

    /** Returns the position of an object, for example {@code line 3}. */
    String place(int index);
}
