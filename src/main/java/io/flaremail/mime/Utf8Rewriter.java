package io.flaremail.mime;

import java.util.List;

/**
 * Rewrites a serialised message as valid UTF-8 while every reader still sees the same content. Leaf bodies become
 * quoted-printable or base64 (RFC 2045 6), header text becomes encoded-words (RFC 2047) or extended parameters (RFC
 * 2231). Addresses and identifiers cannot be encoded, so their octets become raw UTF-8 (RFC 6532). Everything that is
 * valid UTF-8 already stays the same, to the octet.
 *
 * <p>It walks the entities that are not valid UTF-8, notes one edit for each offending header field or body, and
 * refuses what it cannot take apart safely.
 *
 * <p>Tests: Utf8RewriterTest, AmbiguousStructureTest, ProtectionTest, NestingTest, NoNewPartsTest, CorpusRewriteTest,
 * MutatedCorpusTest, GeneratedMessageTest, FuzzTest.
 */
public final class Utf8Rewriter {
    /** Readers give up much earlier. Without a limit, a hostile message would take quadratic time. */
    static final int DEEPEST = 100;

    private final Edits edits;

    private Utf8Rewriter(Edits edits) {
        this.edits = edits;
    }

    /**
     * Makes {@code message} valid UTF-8.
     *
     * @param message canonical bytes: CRLF line ends, as SMTP would send them; never modified
     * @return the same array if it is valid UTF-8 already, otherwise a new message
     * @throws UnencodableContentException if the rewrite would change signed or encrypted content; rarely, if readers
     *     would take a multipart apart in different ways or not at all, or if entities are nested more than 100
     *     levels deep
     */
    public static byte[] rewrite(byte[] message) throws UnencodableContentException {
        Octets whole = new Octets(message, 0, message.length);
        if (whole.isUtf8()) {
            return message;
        }
        Edits edits = new Edits(message);
        Entity entity = Entity.message(whole);
        new Utf8Rewriter(edits).rewrite(entity, EntityContext.of(entity));
        return edits.apply();
    }

    private void rewrite(Entity entity, EntityContext outer) throws UnencodableContentException {
        if (entity.range.isUtf8()) {
            return;
        }
        if (entity.isMultipart() && !Ascii.isSevenBit(Multipart.delimiter(entity))) {
            throw entity.refusal("its boundary has 8-bit octets", "use an ASCII boundary, as RFC 2046 5.1.1 asks");
        }
        EntityContext context = entity.message ? outer.onMessage(entity) : outer;
        if (entity.isMultipart() && !isUtf8(entity.header.first("Content-Type"))) {
            requireOneReading(entity, Multipart.of(entity), context);
        }
        rewriteFields(entity.header.fields, entity, context);
        if (!entity.body.isUtf8()) {
            rewriteBody(entity, context.onBody(entity.type));
        }
    }

    private void rewriteFields(List<Header.Field> fields, Entity entity, EntityContext context)
            throws UnencodableContentException {
        for (Header.Field field : fields) {
            if (!field.range.isUtf8()) {
                context.protection.requireNone(entity.describeField(field.name));
                edits.replace(field.range, FieldRewriter.rewrite(field, context.headerCharset(entity)));
            }
        }
    }

    /** Takes multiparts and messages apart whatever their transfer encoding, which readers ignore. RFC 2045 6.4. */
    private void rewriteBody(Entity entity, EntityContext context) throws UnencodableContentException {
        requireOneType(entity, context);
        if (entity.isMultipart()) {
            rewriteParts(entity, Multipart.of(entity), context);
        } else if (entity.isAttachedMessage()) {
            refuseTooDeep(entity);
            rewrite(entity.attachedMessage(), context);
        } else if (entity.isReport() && entity.encoding() == TransferEncoding.IDENTITY) {
            rewriteReport(entity, context);
        } else {
            context.protection.requireNone(entity.describe());
            new BodyRewriter(entity, edits).rewrite();
            return;
        }
        relabel(entity);
    }

    private void rewriteParts(Entity entity, Multipart multipart, EntityContext context)
            throws UnencodableContentException {
        requireOneReading(entity, multipart, context);
        refuseTooDeep(entity);
        mask(multipart.preamble, entity, context);
        int position = 1;
        for (Octets part : multipart.parts) {
            rewrite(entity.part(part, position++), context);
        }
        mask(multipart.epilogue, entity, context);
        if (edits.hasNewDelimiter(entity.body, multipart.delimiter)) {
            throw entity.refusal("one of its delimiters would come into being", Multipart.OTHER_BOUNDARY);
        }
    }

    private static void requireOneType(Entity entity, EntityContext context) throws UnencodableContentException {
        if (entity.isOddMultipart()
                || entity.isOddMessage()
                || entity.hasContradictoryTypes()
                || entity.header.hasDisputed("Content-Type")) {
            context.protection.requireNone(entity.describe());
            throw entity.refusal("readers may disagree about its type", "correct its Content-Type field");
        }
        if (entity.header.hasDisputed(TransferEncoding.FIELD)) {
            context.protection.requireNone(entity.describe());
            throw entity.refusal(
                    "readers may disagree about its encoding", "correct its " + TransferEncoding.FIELD + " field");
        }
    }

    private static boolean isUtf8(Header.Field field) {
        return field == null || field.range.isUtf8();
    }

    /** Rewriting the Content-Type field must not change where readers see the parts begin. */
    private static void requireOneReading(Entity entity, Multipart multipart, EntityContext context)
            throws UnencodableContentException {
        if (multipart.problem != null) {
            context.protection.requireNone(entity.describe());
            throw entity.refusal(multipart.problem, multipart.remedy);
        }
    }

    private static void refuseTooDeep(Entity entity) throws UnencodableContentException {
        if (entity.depth >= DEEPEST) {
            throw entity.refusal("it is nested more than " + DEEPEST + " levels deep", "nest less");
        }
    }

    /**
     * Readers ignore the preamble and the epilogue, so a question mark may replace each 8-bit octet. RFC 2046 5.1.1.
     */
    private void mask(Octets range, Entity entity, EntityContext context) throws UnencodableContentException {
        if (!range.isUtf8()) {
            context.protection.requireNone(entity.describe());
            edits.replace(range, range.masked());
        }
    }

    /**
     * These types must not be transfer-encoded, but their fields can be rewritten like those of a header. RFC 3464
     * 2.1.
     */
    private void rewriteReport(Entity entity, EntityContext context) throws UnencodableContentException {
        Octets rest = entity.body;
        while (rest.length() > 0) {
            Header group = new Header(rest);
            rewriteFields(group.fields, entity, context);
            rest = rest.between(rest.nextLine(group.end), rest.end);
        }
    }

    /** Labels a multipart or message as 7bit if its content is 7bit now. */
    private void relabel(Entity entity) {
        Header.Field field = entity.header.first(TransferEncoding.FIELD);
        if (field != null && edits.isEdited(entity.body) && edits.isSevenBitAfterwards(entity.body)) {
            String label = TransferEncoding.label(field.value);
            if (label.equals("8bit") || label.equals("binary")) {
                edits.replace(field.range, Ascii.bytes(TransferEncoding.FIELD + ": 7bit"));
            }
        }
    }
}
