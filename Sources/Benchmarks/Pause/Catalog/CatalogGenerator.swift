import JSON

/// Makes the shop's products from the recipes: brands, prices, discounts, stock and delivery, always the same.
struct CatalogGenerator {
    /// The products in a mixed order, as they are browsed.
    static func products() -> [Product] {
        var stream = PauseStream(seed: 7, stage: "catalog")
        let brands = ProductCatalog.brands.sorted()
        var products: [Product] = []
        for recipe in ProductRecipe.all {
            // The variants of a food come from different brands.
            let makers = stream.sample(recipe.variants.count, of: brands)
            for (variant, brand) in zip(recipe.variants, makers) {
                products.append(product(recipe, variant, brand, &stream))
            }
        }
        return stream.shuffled(products).enumerated().map { index, product in
            var product = product
            product.id = "p_\(sha256Hex(product.name.utf8).prefix(6))_\(padded(index + 1, to: 3))"
            return product
        }
    }

    private static func product(
        _ recipe: ProductRecipe, _ variant: ProductRecipe.Variant, _ brand: String, _ stream: inout PauseStream
    ) -> Product {
        let nutrition = rounded(variant.applied(to: recipe.nutrition))
        let price = Money.rounded(recipe.price * 2 * variant.priceFactor * stream.number(in: 0.9...1.15))
        let isDiscounted = stream.chance(0.4)
        let factor = [0.5, 0.6, 0.7, 0.8][stream.integer(in: 0...3)]
        let isVIPOnly = stream.chance(0.5)
        return Product(
            id: "", name: [brand, variant.word, recipe.name].compactMap { $0 }.joined(separator: " "),
            tags: recipe.tags(of: variant, nutrition) + [brand], baseTags: [recipe.baseTag],
            stock: stream.integer(in: 20...200), discountFactor: isDiscounted ? factor : 1,
            isDiscountVIPOnly: isDiscounted && isVIPOnly, unit: recipe.unit, weight: recipe.weight,
            nutrition: nutrition,
            options: [
                .init(size: "single_pack", price: price),
                .init(size: "pack_5", price: Money.rounded(price * 4.5)),
            ],
            delivery: Product.Delivery.allCases[stream.position(weights: [0.45, 0.35, 0.2])])
    }

    private static func rounded(_ nutrition: Product.Nutrition) -> Product.Nutrition {
        Product.Nutrition(
            calories: roundedLikePython(nutrition.calories, 1), sugar: roundedLikePython(nutrition.sugar, 1),
            protein: roundedLikePython(nutrition.protein, 1), fat: roundedLikePython(nutrition.fat, 1),
            fiber: roundedLikePython(nutrition.fiber, 1), sodium: nutrition.sodium)
    }
}
