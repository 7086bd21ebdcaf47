package io.flaremail.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists come in pages, and go out in batches. */
class PagingTest {
    @RegisterExtension
    static final ApiPeer peer = new ApiPeer();

    private static final String SUBDOMAINS = "GET /zones/zone/email/sending/subdomains";
    private static final String SUPPRESSIONS = "GET /accounts/acc/email/sending/suppressions?per_page=1000";
    private static final String BULK = "/accounts/acc/email/sending/suppressions/bulk";

    private CloudflareEmail client;

    @BeforeEach
    void open() {
        client = peer.builder().retries(0).build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static String subdomains(String... tags) {
        return Stream.of(tags)
                .map(tag -> "{\"tag\":\"" + tag + "\",\"name\":\"" + tag + ".example.com\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private List<String> tags() throws CloudflareApiException {
        return client.subdomains("zone").list().stream().map(Subdomain::getTag).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "{\"total_pages\":1}",
                "{\"total_pages\":0}",
                "{\"total_pages\":-1}",
                "{\"total_pages\":null}",
                "{\"total_pages\":\"9\"}",
                "{\"page\":1,\"count\":2,\"total_count\":2000}",
                "7"
            })
    void onePageIsAll(String info) throws Exception {
        peer.script(Reply.ok(subdomains("a", "b"), info));
        assertEquals(List.of("a", "b"), tags());
        assertEquals(List.of(SUBDOMAINS), peer.lines());
    }

    @Test
    void furtherPagesAreReadToTheLast() throws Exception {
        String info = "{\"page\":1,\"total_pages\":3}";
        peer.script(
                Reply.ok(subdomains("a", "b"), info), Reply.ok(subdomains("c"), info), Reply.ok(subdomains("d"), info));
        assertEquals(List.of("a", "b", "c", "d"), tags());
        assertEquals(List.of(SUBDOMAINS, SUBDOMAINS + "?page=2", SUBDOMAINS + "?page=3"), peer.lines());
    }

    /** Paging is not documented here: a server that ignores the parameter must not be asked a billion times. */
    @Test
    void aPageThatBringsNothingNewIsTheLast() throws Exception {
        Reply same = Reply.ok(subdomains("a"), "{\"total_pages\":99999999999}");
        peer.script(same, same);
        assertEquals(List.of("a"), tags());
        assertEquals(2, peer.calls().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"null|0", "[]|0", "[null,5,\"x\",[]]|0", "[null,{\"tag\":\"a\"}]|1"})
    void whatIsNoSubdomainIsLeftOut(String result, int expected) throws Exception {
        peer.script(Reply.ok(result));
        List<Subdomain> list = client.subdomains("zone").list();
        assertEquals(expected, list.size());
        assertThrows(UnsupportedOperationException.class, list::clear);
    }

    /** An object is not a list of its fields. */
    @Test
    void aListThatIsNoneIsAFailure() {
        peer.script(Reply.ok("{\"a\":{\"tag\":\"x\"}}"), Reply.ok("{\"a\":{\"id\":\"z\",\"name\":\"x.com\"}}"));
        assertThrows(CloudflareApiException.class, this::tags);
        assertThrows(CloudflareApiException.class, () -> client.zones().find("x.com"));
    }

    @ParameterizedTest
    @CsvSource({"A.EXAMPLE.COM, a", "b.example.com, b", "example.com,"})
    void oneIsFoundByName(String name, String tag) throws Exception {
        peer.script(Reply.ok(subdomains("a", "b")));
        assertEquals(
                Optional.ofNullable(tag), client.subdomains("zone").find(name).map(Subdomain::getTag));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|",
                "[{\"id\":\"z\",\"name\":\"EXAMPLE.com\",\"status\":\"active\",\"account\":{\"id\":\"acc\"}}]|z",
                "[{\"id\":\"y\",\"name\":\"an-example.com\"},{\"id\":\"z\",\"name\":\"example.com\"}]|z",
                "[{\"id\":\"y\",\"name\":\"other.com\"}]|",
                "null|",
            })
    void aZoneIsFoundByItsName(String result, String id) throws Exception {
        peer.script(Reply.ok(result));
        assertEquals(Optional.ofNullable(id), client.zones().find("example.com").map(Zone::getId));
    }

    /** Several zones may share a name: only an active one of the right account is used, and never just the first. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // zones as id status account; the account asked for; what is found
                "a moved b1, b active b2          |    | b",
                "a moved b1                       |    | -",
                "a deleted b1, b deactivated b1   |    | -",
                "a pending b1, b active b2        |    | b",
                "a pending b1                     |    | a",
                "a active b1, a active b1         |    | a",
                "a active b1, b active b2         |    | 2 zones are named example.com: a (account b1), b (account b2);"
                        + " specify the account or the zone id",
                "a pending b1, b pending b2       |    | 2 zones are named example.com: a (account b1), b (account b2);"
                        + " specify the account or the zone id",
                "a active b1, b active b2         | b2 | b",
                "a active b1                      | b2 | -",
                "a active B2                      | b2 | a",
            })
    void aZoneIsNotTakenForAnother(String zones, String account, String expected) throws Exception {
        String json = Stream.of(zones.split(", "))
                .map(zone -> zone.split(" "))
                .map(zone -> "{\"id\":\"" + zone[0] + "\",\"name\":\"example.com\",\"status\":\"" + zone[1]
                        + "\",\"account\":{\"id\":\"" + zone[2] + "\"}}")
                .collect(Collectors.joining(",", "[", "]"));
        peer.script(Reply.ok(json));
        String found;
        try {
            Optional<Zone> zone = account == null
                    ? client.zones().find("example.com")
                    : client.zones().find("example.com", account);
            found = zone.map(Zone::getId).orElse("-");
        } catch (CloudflareApiException ambiguous) {
            found = ambiguous.getMessage();
        }
        assertEquals(expected, found);
        assertEquals(
                List.of("GET /zones?name=example.com" + (account == null ? "" : "&account.id=" + account)),
                peer.lines());
    }

    private static String suppressions(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\":\"s" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String cursor(String cursor) {
        return "{\"next_cursor\":" + (cursor == null ? null : '"' + cursor + '"') + "}";
    }

    private Stream<Suppression> stream() {
        return client.suppressions("acc").list(SuppressionFilter.all());
    }

    /** Short pages and empty ones are not the end; a missing cursor is. */
    @Test
    void pagesAreReadToTheLastCursor() {
        peer.script(
                Reply.ok(suppressions(0, 2), cursor("a/b+=")),
                Reply.ok("[]", "{\"cursor\":\"c2\"}"),
                Reply.ok("null", cursor("c3")),
                Reply.ok(suppressions(2, 3), cursor(null)));
        assertEquals(List.of("s0", "s1", "s2"), stream().map(Suppression::getId).toList());
        assertEquals(
                List.of(
                        SUPPRESSIONS,
                        SUPPRESSIONS + "&cursor=a%2Fb%2B%3D",
                        SUPPRESSIONS + "&cursor=c2",
                        SUPPRESSIONS + "&cursor=c3"),
                peer.lines());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "[]",
                "{\"next_cursor\":null,\"cursor\":null}",
                "{\"cursor\":\"\"}",
                "{\"next_cursor\":\"\"}",
                "{\"next_cursor\":{}}"
            })
    void withoutACursorThereIsNoNextPage(String info) {
        peer.script(Reply.ok(suppressions(0, 2), info));
        assertEquals(2, stream().count());
        assertEquals(List.of(SUPPRESSIONS), peer.lines());
    }

    static Stream<Arguments> circles() {
        return Stream.of(
                arguments(List.of("a", "a"), "s0", 2),
                arguments(List.of("a", "b", "a"), "s0", 3),
                arguments(List.of("a", "b", "c", "b"), "s0", 4),
                arguments(Collections.nCopies(30, "a"), null, 12));
    }

    /** Ending in silence would hide the rest of the list. */
    @ParameterizedTest
    @MethodSource("circles")
    void cursorsThatGoRoundInACircleAreAFailure(List<String> cursors, String id, int requests) {
        String page = id == null ? "[]" : "[{\"id\":\"" + id + "\"}]";
        cursors.forEach(cursor -> peer.script(Reply.ok(page, cursor(cursor))));
        UncheckedIOException thrown =
                assertThrows(UncheckedIOException.class, () -> stream().count());
        assertInstanceOf(CloudflareApiException.class, thrown.getCause());
        assertTrue(thrown.getMessage().contains("repeats its pages"));
        assertEquals(requests, peer.calls().size());
    }

    @Test
    void aPageOutOfACircleIsNotHandedOut() {
        Reply page = Reply.ok("[{\"id\":\"s0\"}]", cursor("a"));
        peer.script(page, page, Reply.ok("[]"));
        Iterator<Suppression> list = stream().iterator();
        assertEquals("s0", list.next().getId());
        assertThrows(UncheckedIOException.class, list::hasNext);
        assertFalse(list.hasNext());
    }

    /** Each with a cursor of its own, they would keep the caller for ever. */
    @Test
    void pagesThatStayEmptyAreAFailure() {
        for (int i = 0; i < 1001; i++) {
            peer.script(Reply.ok("[]", cursor("c" + i)));
        }
        UncheckedIOException thrown =
                assertThrows(UncheckedIOException.class, () -> stream().count());
        assertTrue(thrown.getMessage().contains("1000 empty pages"), thrown::getMessage);
        assertEquals(1000, peer.calls().size());
    }

    @Test
    void anEmptyPageMayKeepItsCursorForAWhile() {
        for (int i = 0; i < 5; i++) {
            peer.script(Reply.ok("[]", cursor("a")));
        }
        peer.script(Reply.ok(suppressions(0, 2)));
        assertEquals(2, stream().count());
    }

    @Test
    void aPageIsReadWhenItIsNeeded() {
        peer.script(Reply.ok(suppressions(0, 2), cursor("c1")), Reply.ok(suppressions(2, 4), cursor(null)));
        Iterator<Suppression> list = stream().iterator();
        assertEquals(0, peer.calls().size());
        assertEquals("s0", list.next().getId());
        assertEquals("s1", list.next().getId());
        assertEquals(1, peer.calls().size());
        assertEquals("s2", list.next().getId());
        assertEquals(2, peer.calls().size());
        assertEquals("s3", list.next().getId());
        assertFalse(list.hasNext());
        assertThrows(NoSuchElementException.class, list::next);
        assertEquals(2, peer.calls().size());
    }

    @Test
    void aLimitedStreamReadsNoFurther() {
        peer.script(Reply.ok(suppressions(0, 2), cursor("c1")));
        assertEquals(2, stream().limit(2).count());
        assertEquals(Optional.of("s0"), firstOfAnother());
        assertEquals(2, peer.calls().size());
    }

    private Optional<String> firstOfAnother() {
        peer.script(Reply.ok(suppressions(0, 2), cursor("c1")));
        return stream().findFirst().map(Suppression::getId);
    }

    @Test
    void aPageThatCannotBeHadIsAnUncheckedFailure() {
        peer.script(
                Reply.ok(suppressions(0, 1), cursor("c1")),
                Reply.error(403, 10102, "forbidden"),
                Reply.ok(suppressions(1, 2)));
        Iterator<Suppression> list = stream().iterator();
        list.next();
        UncheckedIOException thrown = assertThrows(UncheckedIOException.class, list::hasNext);
        CloudflareApiException cause = assertInstanceOf(CloudflareApiException.class, thrown.getCause());
        assertEquals(403, cause.getStatus());
        assertEquals("s1", list.next().getId(), "the same page is asked for again");
        assertEquals(peer.lines().get(1), peer.lines().get(2));
    }

    @ParameterizedTest
    @CsvSource({"0,''", "1,'1'", "999,'999'", "1000,'1000'", "1001,'1000,1'", "2001,'1000,1000,1'"})
    void manyAreAddedAThousandAtATime(int count, String batches) throws Exception {
        peer.script(Reply.ok("{}"), Reply.ok("null"), Reply.ok("{\"items\":[]}"));
        List<NewSuppression> all = IntStream.range(0, count)
                .mapToObj(i -> NewSuppression.of("r" + i + "@y.org"))
                .toList();
        assertEquals(List.of(), client.suppressions("acc").addAll(all));
        assertEquals(
                batches,
                peer.calls().stream()
                        .map(call -> String.valueOf(call.json().path("items").size()))
                        .collect(Collectors.joining(",")));
        int next = 0;
        for (ApiPeer.Call call : peer.calls()) {
            assertEquals("POST " + BULK, call.line());
            for (JsonNode item : call.json().path("items")) {
                assertEquals("{\"email\":\"r" + next++ + "@y.org\"}", item.toString());
            }
        }
    }

    /** The API takes the others all the same, and answers 200. */
    @Test
    void whatWasNotAddedIsTold() throws Exception {
        peer.script(
                Reply.ok("{\"total\":1000,\"items\":[{\"index\":0,\"status\":\"processed\",\"id\":\"s0\"},"
                        + "{\"index\":3,\"status\":\"invalid\",\"email\":\"r3\",\"error\":\"no address\"}]}"),
                Reply.ok("{\"items\":[{\"index\":0,\"status\":\"skipped\",\"email\":\"r1000@y.org\"},{\"index\":1}]}"));
        List<NewSuppression> all = IntStream.range(0, 1002)
                .mapToObj(i -> NewSuppression.of("r" + i))
                .toList();
        List<RejectedSuppression> rejected = client.suppressions("acc").addAll(all);
        assertEquals("[r3 invalid: no address, r1000@y.org skipped,  unknown]", rejected.toString());
        assertEquals(
                List.of(3, 1000, 1001),
                rejected.stream().map(each -> each.getIndex().orElseThrow()).toList());
    }

    @Test
    void afterABatchThatFailsNoneFollows() {
        peer.script(Reply.ok("{}"), Reply.error(400, 10001, "invalid_request_schema"), Reply.ok("{}"));
        List<NewSuppression> all = IntStream.range(0, 3000)
                .mapToObj(i -> NewSuppression.of("r" + i))
                .toList();
        assertThrows(
                CloudflareApiException.class, () -> client.suppressions("acc").addAll(all));
        assertEquals(2, peer.calls().size());
    }
}
